namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>The connection breaks before a byte of the answer is sent. A watch, which is never done, breaks at once either way.</summary>
/// <param name="CarriedOut">Whether the request was carried out first, so that only the answer is lost.</param>
public sealed record CutRequest(bool CarriedOut) : RequestFault
{
    internal override async Task MeetAsync(Meeting meeting)
    {
        if (CarriedOut && !meeting.IsWatch)
        {
            meeting.Context.Response.Body = Stream.Null;
            await meeting.CarryOutAsync();
        }
        meeting.Tell();
        meeting.Context.Abort();
    }
}
