using System.Globalization;
using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Kubernetes.Watching;

/// <summary>
/// A resourceVersion as a number. Clients were long told that it is opaque; every API server has used its storage's revision, and
/// since 1.35 it is promised that versions of one resource compare as integers (KEP-5504). We compare them only within one
/// resource type, only to not let the answer of our own write be overwritten by an older watch event or the reverse, and where one is no
/// number we take what the watch says.
/// </summary>
internal static class Version
{
    public static ulong? Of(JsonObject obj) => Of(obj.ResourceVersion);

    public static ulong? Of(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>False too where either is no number.</summary>
    public static bool IsOlder(ulong? left, ulong? right) => left < right;
}
