using System.Net;
using System.Net.Sockets;
using Rollouts.Sandbox.Prometheus;

namespace Rollouts.Sandbox.Tests.Prometheus;

public sealed class RealPrometheusStartTests
{
    private static readonly PrometheusOptions Options = new() { Targets = [new Uri("http://127.0.0.1:9/metrics")] };

    [Fact]
    public async Task Where_the_program_is_not_installed_the_error_says_how_to_install_it() =>
        await Options.Invoking(options => RealPrometheus.StartAsync(options, "prometheus-that-nobody-installed", CancellationToken.None))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("*apt-get install prometheus*");

    [Fact]
    public async Task Where_the_port_is_taken_the_error_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await (Options with { Port = port }).Invoking(options => RealPrometheus.StartAsync(options, CancellationToken.None))
            .Should().ThrowAsync<InvalidOperationException>().WithMessage($"*Is port {port} free?*");
    }

    [Fact]
    public void Each_target_is_scraped_with_its_path_under_the_one_job()
    {
        var configuration = RealPrometheusSetup.Configuration(Options with { Job = "mesh", ScrapeInterval = TimeSpan.FromMilliseconds(1500) });
        configuration.Should().Contain("scrape_interval: 1500ms").And.Contain("metrics_path: '/metrics'")
            .And.Contain("targets: ['127.0.0.1:9']").And.Contain("job: 'mesh'");
    }
}
