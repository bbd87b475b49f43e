using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;
using Rollouts.Model.Status;

namespace Rollouts.Cli.Viewing;

/// <summary>Canaries as rows: the columns that <c>kubectl get canaries</c> has too.</summary>
internal sealed record CanaryRows(bool Namespaces, bool Wide)
{
    public string[] Headers =>
    [
        .. Namespaces ? ["NAMESPACE"] : Array.Empty<string>(),
        "NAME", "PHASE", "WEIGHT", "STEP", "FAILED",
        .. Wide ? ["INTERVAL", "PROVIDER", "REVISION", "AGE"] : Array.Empty<string>(),
        "MESSAGE",
    ];

    public string[] Of(JsonObject canary, DateTimeOffset now)
    {
        var status = CanaryStatus.Parse(canary["status"]);
        var known = canary["status"] is JsonObject;
        return
        [
            .. Namespaces ? [canary.Namespace] : Array.Empty<string>(),
            canary.Name,
            known ? status.Phase.ToString() : "",
            known ? $"{status.CanaryWeight}" : "",
            status.StepProgress ?? "",
            known ? $"{status.FailedChecks}" : "",
            .. Wide
                ?
                [
                    canary.Text("spec", "analysis", "interval") ?? "",
                    canary.Text("spec", "provider") ?? "",
                    status.LastAppliedSpec ?? "",
                    Ago.Since(canary.CreatedAt, now),
                ]
                : Array.Empty<string>(),
            known ? status.Message ?? "" : "no controller has looked at it yet",
        ];
    }
}
