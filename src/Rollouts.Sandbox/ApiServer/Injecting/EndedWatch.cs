namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>A watch ends after so many events; any other request goes well.</summary>
/// <param name="Cleanly">As if its time were up; else the connection breaks.</param>
public sealed record EndedWatch(int AfterEvents, bool Cleanly = true) : RequestFault
{
    internal override Task MeetAsync(Meeting meeting)
    {
        if (meeting.IsWatch)
            meeting.Context.Response.Body = new WatchBody(meeting.Context.Response.Body, AfterEvents, () =>
            {
                meeting.Tell();
                if (!Cleanly)
                    meeting.Context.Abort();
                // What follows a flush is the next event: the stream is left as by a caller who has gone.
                throw new OperationCanceledException();
            });
        return meeting.CarryOutAsync();
    }
}
