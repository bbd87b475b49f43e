namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>
/// After so many events a watch says nothing more though its connection stays, until the caller leaves; any other request goes well.
/// </summary>
public sealed record StalledWatch(int AfterEvents) : RequestFault
{
    internal override Task MeetAsync(Meeting meeting)
    {
        if (meeting.IsWatch)
            meeting.Context.Response.Body = new WatchBody(meeting.Context.Response.Body, AfterEvents, async () =>
            {
                meeting.Tell();
                await meeting.WaitAsync(Timeout.InfiniteTimeSpan);
                throw new OperationCanceledException();
            });
        return meeting.CarryOutAsync();
    }
}
