using System.Diagnostics;
using Rollouts.Sandbox.ApiServer;
using Xunit.Abstractions;

namespace Rollouts.Sandbox.Tests.ApiServer;

/// <summary>The real kubectl, as it is installed, with a kubeconfig and a folder of a test's own.</summary>
internal sealed class Kubectl : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kubectl");
    private readonly ITestOutputHelper output;
    private readonly string config;

    public Kubectl(Uri server, ITestOutputHelper output)
    {
        this.output = output;
        config = Place("kubeconfig");
        Kubeconfig.Write(config, server);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Where a file of this name is, or may be put.</summary>
    public string Place(string file) => Path.Combine(folder.FullName, file);

    /// <summary>What it says; a test that goes on has seen it succeed.</summary>
    public Task<string> RunAsync(params string[] arguments) => AttemptAsync(true, arguments);

    /// <param name="succeeds">Whether it must; null where kubectls differ.</param>
    public async Task<string> AttemptAsync(bool? succeeds, params string[] arguments)
    {
        using var kubectl = new Process
        {
            StartInfo = new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        kubectl.StartInfo.Environment["KUBECONFIG"] = config;
        kubectl.StartInfo.Environment["HOME"] = folder.FullName;
        kubectl.Start();
        Task<string> said = kubectl.StandardOutput.ReadToEndAsync(), complained = kubectl.StandardError.ReadToEndAsync();
        await Task.WhenAll(said, complained).WaitAsync(TimeSpan.FromMinutes(2));
        await kubectl.WaitForExitAsync();
        string all = await said + await complained;
        output.WriteLine($"$ kubectl {string.Join(' ', arguments)}\n{all}");
        if (succeeds is { } wished)
            (kubectl.ExitCode == 0).Should().Be(wished, $"kubectl {string.Join(' ', arguments)} said: {all}");
        return all;
    }
}
