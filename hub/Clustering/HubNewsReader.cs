using Aufruf.Hub.Gateway;
using Aufruf.Hub.Push;

namespace Aufruf.Hub.Clustering;

/// <summary>Hands the news of the hubs to those whom they concern.</summary>
internal sealed class HubNewsReader(IHubPost post, DeviceLines lines, DeskTroubles troubles, BrokerLink link, SlipResults slips,
    LiveAreas areas)
    : IHubNewsReader
{
    public Task TakeAsync(string hub, HubNews news)
    {
        switch (news)
        {
            case HubNews.ToDevice to when hub != post.Me:
                return link.DeliverAsync(to.Topic, to.Payload, retain: false);
            case HubNews.DeviceSaid said:
                return lines.Take(hub, said) ? slips.PrinterIsReadyAsync(said.Office, said.Device) : Task.CompletedTask;
            case HubNews.Asked:
                lines.SayAll();
                areas.Screens.SayAll();
                break;
            case HubNews.ScreenHere or HubNews.ScreenLeft:
                if (hub != post.Me)
                {
                    areas.Screens.Take(news);
                }

                break;
            default:
                lines.Take(hub, news);
                troubles.Take(news);
                break;
        }

        return Task.CompletedTask;
    }

    public void Missed()
    {
        post.Send(new HubNews.Asked());
        lines.SayAll();
        areas.Screens.SayAll();
    }
}
