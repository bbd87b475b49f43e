namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>The request waits before it is carried out, by the server's clock; of a caller who leaves meanwhile it never is.</summary>
public sealed record DelayedRequest(TimeSpan By) : RequestFault
{
    internal override async Task MeetAsync(Meeting meeting)
    {
        meeting.Tell();
        if (await meeting.WaitAsync(By))
            await meeting.CarryOutAsync();
    }
}
