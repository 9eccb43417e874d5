using Aufruf.Portal;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

try
{
    await PortalServer.Build(args).RunAsync();
    return 0;
}
catch (OptionsValidationException wrong)
{
    foreach (var failure in wrong.Failures)
    {
        await Console.Error.WriteLineAsync(failure);
    }

    return 2;
}
