using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rollouts.Sandbox.Prometheus;

/// <summary>An installed <c>prometheus</c> in a process of its own, on loopback, scraping the same targets as the embedded one would.</summary>
public sealed class RealPrometheus : IPrometheus
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _folder;

    private RealPrometheus(Process process, string folder, Uri url) => (_process, _folder, Url) = (process, folder, url);

    public Uri Url { get; }

    /// <exception cref="InvalidOperationException">The program is not installed, or it ended, or it is not ready within 30 s; the message says what to do.</exception>
    public static Task<RealPrometheus> StartAsync(PrometheusOptions options, CancellationToken cancellation) =>
        StartAsync(options, "prometheus", cancellation);

    internal static async Task<RealPrometheus> StartAsync(PrometheusOptions options, string program, CancellationToken cancellation)
    {
        var url = new Uri($"http://127.0.0.1:{(options.Port == 0 ? FreePort() : options.Port)}");
        var folder = Directory.CreateTempSubdirectory("rollouts-prometheus-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "prometheus.yml"), RealPrometheusSetup.Configuration(options), cancellation);
        var prometheus = new RealPrometheus(Launch(program, RealPrometheusSetup.Arguments(options, folder, url), folder), folder, url);
        try
        {
            await prometheus.BecomeReadyAsync(cancellation);
            return prometheus;
        }
        catch
        {
            await prometheus.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Process Launch(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException("prometheus did not start");
            // Its log is of no use here, but a full pipe would stop it.
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Directory.Delete(folder, recursive: true);
            throw new InvalidOperationException(
                $"There is no program '{program}' on the PATH. Install it (on Debian: apt-get install prometheus) or use the embedded one.", e);
        }
    }

    private async Task BecomeReadyAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (!await IsReadyAsync(client, limit.Token))
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"prometheus ended with code {_process.ExitCode}. Is port {Url.Port} free?");
                await pause.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException($"prometheus was not ready within {StartLimit.TotalSeconds} s at {Url}.");
        }
    }

    private async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(Url, "/-/ready"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            return false;
        }
    }

    // Prometheus does not tell which port it got for 0, so one is looked for and let go again.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
