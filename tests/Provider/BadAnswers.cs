namespace Aufruf.Provider;

/// <summary>Carries out a fault that any way of asking may meet.</summary>
internal static class BadAnswers
{
    /// <summary>True: the answer was given, or will never be.</summary>
    public static async Task<bool> GiveAsync(HttpContext context, Fault fault)
    {
        switch (fault)
        {
            case Fault.LoseAnswer or Fault.LoseQuestion:
                context.Abort();
                return true;
            case Fault.Delay:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return true;
            case Fault.Break:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return true;
            case Fault.Refuse:
                context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return true;
            case Fault.Babble:
                await context.Response.WriteAsync("<html>Wartung</html>");
                return true;
            default:
                return false;
        }
    }
}
