namespace Rollouts.Sandbox.Prometheus;

/// <summary>What a real Prometheus is started with.</summary>
internal static class RealPrometheusSetup
{
    public static string Configuration(PrometheusOptions options) =>
        $"""
        global:
          scrape_interval: {options.ScrapeInterval.TotalMilliseconds}ms
          scrape_timeout: {options.ScrapeInterval.TotalMilliseconds}ms
        scrape_configs:

        """ + string.Concat(options.Targets.Select((target, i) => ScrapeOf(target, options.Job, i)));

    public static IEnumerable<string> Arguments(PrometheusOptions options, string folder, Uri url) =>
    [
        $"--config.file={Path.Combine(folder, "prometheus.yml")}",
        $"--storage.tsdb.path={Path.Combine(folder, "data")}",
        $"--storage.tsdb.retention.time={(long)options.Retention.TotalSeconds}s",
        $"--web.listen-address={url.Authority}",
    ];

    // Two jobs may not share a name, two targets of one job not have different paths: the label is set over the name.
    private static string ScrapeOf(Uri target, string job, int i) =>
        $"""
          - job_name: '{job}-{i}'
            metrics_path: '{target.AbsolutePath}'
            static_configs:
              - targets: ['{target.Authority}']
                labels:
                  job: '{job}'

        """;
}
