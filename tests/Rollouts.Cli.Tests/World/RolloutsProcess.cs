using System.Collections.Concurrent;
using System.Diagnostics;

namespace Rollouts.Cli.Tests.World;

/// <summary>The command as a process of its own, which prints a name, a colon and a value on each line.</summary>
internal sealed class RolloutsProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> values = new();
    private readonly ConcurrentQueue<string> errors = new();

    private RolloutsProcess(string[] args)
    {
        // Built beside the tests, with all that it needs to run alone.
        var program = typeof(CommandLine).Assembly.Location;
        process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.Exited += (_, _) => Fail();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Errors => string.Join('\n', errors);

    public static RolloutsProcess Start(params string[] args) => new(args);

    /// <summary>The value that it prints under the name.</summary>
    public Task<string> ValueAsync(string name) => Value(name).Task.WaitAsync(Patience);

    /// <summary>As Ctrl-C or a cluster ends it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        (await Tool.RunAsync("kill", $"-{signal}", process.Id.ToString())).Code.Should().Be(0);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private TaskCompletionSource<string> Value(string name) =>
        values.GetOrAdd(name, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));

    private void Read(string? line)
    {
        if (line?.Split(": ", 2) is [var name, var value])
            Value(name).TrySetResult(value);
    }

    private void Fail()
    {
        foreach (var value in values.Values)
            value.TrySetException(new InvalidOperationException($"The process has ended: {Errors}"));
    }
}
