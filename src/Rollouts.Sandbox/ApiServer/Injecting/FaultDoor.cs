using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>Stands before the door of the API server and disturbs what it is told to.</summary>
internal sealed class FaultDoor(IRequestFaults faults, TimeProvider time, CancellationToken stopping)
{
    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        var request = ApiRequest.Of(context.Request);
        return faults.For(request) is { } fault
            ? fault.MeetAsync(new Meeting(context, next, time, () => faults.Met(request, fault), stopping))
            : next(context);
    }
}
