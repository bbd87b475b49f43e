using System.Diagnostics;

namespace Rollouts.Cli.Tests.World;

/// <summary>Programs that run to their end.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Task<Answer> KubectlAsync(string kubeconfig, string line) =>
        RunAsync("kubectl", [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--kubeconfig", kubeconfig]);

    public static async Task<Answer> RunAsync(string program, params string[] args)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var process = Process.Start(new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestKit.Repository.Root,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return new Answer(process.ExitCode, await output, await error);
    }
}
