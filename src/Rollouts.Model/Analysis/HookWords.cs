using Rollouts.Model.Json;

namespace Rollouts.Model.Analysis;

/// <summary>How the kinds of webhook are written in manifests and payloads: <c>confirm-rollout</c>.</summary>
public static class HookWords
{
    public static string Of(HookKind kind) => Words.Kebab(kind);
}
