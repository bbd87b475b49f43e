using Rollouts.Model.Json;

namespace Rollouts.Model.Analysis;

/// <summary>How a manifest names the kind of a webhook: <c>pre-rollout</c>.</summary>
public static class HookWord
{
    public static string Of(HookKind kind) => Words.Kebab(kind);
}
