using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Injecting;

/// <summary>A request that something goes wrong with.</summary>
/// <param name="Next">Carries the request out and answers it.</param>
/// <param name="Tell">To be called when the fault comes to pass.</param>
internal sealed record Meeting(HttpContext Context, RequestDelegate Next, TimeProvider Time, Action Tell, CancellationToken Stopping)
{
    public bool IsWatch => ApiRequest.Of(Context.Request).IsWatch;

    public Task CarryOutAsync() => Next(Context);

    /// <summary>Waits by the server's clock, at most until the caller leaves or the server stops; false where that came first.</summary>
    public async Task<bool> WaitAsync(TimeSpan time)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Context.RequestAborted, Stopping);
        await Task.Delay(time, Time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ended.IsCancellationRequested;
    }
}
