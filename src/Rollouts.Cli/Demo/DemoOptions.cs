namespace Rollouts.Cli.Demo;

/// <param name="JsonPath">Where the report goes; null: nowhere.</param>
/// <param name="Rate">Requests per second.</param>
/// <param name="ErrorRate">Percent of the requests that the release of act b answers with 500.</param>
internal sealed record DemoOptions(string? Kubeconfig, string? JsonPath, int Seed, int Rate, int ErrorRate);
