using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Aufruf.Edge;

/// <summary>Logs in to a hub once, for the self-test. A running agent of the same name is pushed out for a moment and returns.</summary>
internal static class HubTrial
{
    public static async Task<(bool IsGood, string Words)> RunAsync(EdgeOptions options, (string Host, int Port) address, TimeSpan within)
    {
        var hub = $"{address.Host}:{address.Port} as {options.User}: ";
        try
        {
            using var limit = new CancellationTokenSource(within);
            var password = await MqttLink.ReadPasswordAsync(options, limit.Token);
            using var client = new MqttClientFactory().CreateMqttClient();
            // A name that does not resolve may take longer than any limit of the library.
            var answer = await client.ConnectAsync(MqttLink.ClientOptions(options, address, password), limit.Token).WaitAsync(limit.Token);
            if (answer.ResultCode is not MqttClientConnectResultCode.Success)
            {
                return (false, $"{hub}REFUSED ({answer.ResultCode}): is the password the one that the hub issued last?");
            }

            await client.DisconnectAsync(new MqttClientDisconnectOptions(), limit.Token);
            return (true, hub + "lets this device in");
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or MqttCommunicationTimedOutException)
        {
            return (false, $"{hub}NO ANSWER within {within.TotalSeconds} s");
        }
        catch (Exception e) when (e is MqttCommunicationException or IOException or SocketException or UnauthorizedAccessException)
        {
            return (false, $"{hub}FAILS: {(e.InnerException ?? e).Message}");
        }
    }
}
