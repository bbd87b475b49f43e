using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>Stands before the door of the API server and disturbs what it is told to.</summary>
internal sealed class FaultDoor(IRequestFaults faults, TimeProvider time, CancellationToken stopping)
{
    public Task AnswerAsync(HttpContext context, RequestDelegate next) =>
        faults.For(ApiRequest.Of(context.Request)) is { } fault ? fault.MeetAsync(context, next, time, stopping) : next(context);
}
