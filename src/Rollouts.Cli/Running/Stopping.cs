namespace Rollouts.Cli.Running;

internal static class Stopping
{
    /// <summary>Ends when the token does, which is how what runs until Ctrl-C ends.</summary>
    public static async Task WaitAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = cancellation.Register(stopped.SetResult);
        await stopped.Task;
    }
}
