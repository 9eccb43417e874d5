using Aufruf.Portal;
using Microsoft.Extensions.Options;

try
{
    await PortalServer.Build(args).RunAsync();
    return 0;
}
catch (OperationCanceledException)
{
    return 0; // It was stopped before it had reached a hub.
}
catch (OptionsValidationException wrong)
{
    foreach (var failure in wrong.Failures)
    {
        await Console.Error.WriteLineAsync(failure);
    }

    return 2;
}
