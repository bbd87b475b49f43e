using Rollouts.Sandbox.ApiServer.Http;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>Nothing is carried out, and the answer is a Status.</summary>
/// <param name="Code">Of HTTP, 400 to 599.</param>
public sealed record RefusedRequest(int Code, string Reason, string Message) : RequestFault
{
    /// <summary>Seconds after which the caller may try again; null: it is not told.</summary>
    public int? RetryAfter { get; init; }

    internal override Task MeetAsync(Meeting meeting)
    {
        meeting.Tell();
        return meeting.Context.Response.WriteRefusalAsync(new ApiException(Code, Reason, Message) { RetryAfter = RetryAfter });
    }
}
