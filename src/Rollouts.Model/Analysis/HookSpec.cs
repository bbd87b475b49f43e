using Rollouts.Model.Json;

namespace Rollouts.Model.Analysis;

/// <summary>One web service that is asked or told in the course of a run.</summary>
public sealed record HookSpec
{
    public required string Name { get; init; }

    public required string Url { get; init; }

    public HookKind Kind { get; init; } = HookKind.Rollout;

    /// <summary>Longest time for one answer.</summary>
    public TimeSpan Timeout { get; init; } = Defaults.HookTimeout;

    /// <summary>Tries after the first that failed.</summary>
    public int Retries { get; init; }

    /// <summary>Passed on in the payload.</summary>
    public EquatableMap Metadata { get; init; } = EquatableMap.Empty;

    /// <summary>Name of a Secret of the Canary's namespace; each of its keys is a request header.</summary>
    public string? HeadersSecret { get; init; }

    /// <summary>Whether the server's certificate is not verified.</summary>
    public bool DisableTls { get; init; }

    internal static HookSpec? Read(JsonCursor json) =>
        json.Text("name") is { } name && json.Text("url") is { } url
            ? new HookSpec
            {
                Name = name,
                Url = url,
                Kind = json.Word<HookKind>("type", Words.Kebab) ?? HookKind.Rollout,
                Timeout = json.Duration("timeout") ?? Defaults.HookTimeout,
                Retries = json.Integer("retries") ?? 0,
                Metadata = json.Map("metadata"),
                HeadersSecret = json.Object("secretRef").Text("name"),
                DisableTls = json.Flag("disableTLS") ?? false,
            }
            : null;
}
