namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>
/// The request is carried out at once and its answer waits, by the server's clock: to a caller who is less patient the write seems to have
/// failed. A watch, which is never done, only begins later.
/// </summary>
public sealed record LateAnswer(TimeSpan By) : RequestFault
{
    internal override async Task MeetAsync(Meeting meeting)
    {
        meeting.Tell();
        if (meeting.IsWatch)
        {
            if (await meeting.WaitAsync(By))
                await meeting.CarryOutAsync();
            return;
        }

        var response = meeting.Context.Response;
        var body = response.Body;
        using var answer = new MemoryStream();
        response.Body = answer;
        await meeting.CarryOutAsync();
        if (!await meeting.WaitAsync(By))
        {
            meeting.Context.Abort();
            return;
        }
        response.Body = body;
        answer.Position = 0;
        await answer.CopyToAsync(body, meeting.Stopping);
    }
}
