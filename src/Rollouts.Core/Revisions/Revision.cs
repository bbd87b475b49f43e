using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rollouts.Core.Revisions;

/// <summary>
/// The name of a pod template: the first ten hexadecimal digits of the SHA-256 of its canonical JSON, as the API server holds it. A
/// hash of typed objects would change with every new field of a library and start runs of unchanged workloads (fluxcd/flagger#1673).
/// Members that are null count as missing, at any depth: API servers up to 1.33 or so wrote a null creationTimestamp into every template,
/// later ones leave it out. This is form 1; another form would carry a prefix, so that both can be told apart.
/// </summary>
public static class Revision
{
    public static string Of(JsonNode template) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Write(WithoutNulls(template)))))[..10];

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create(member.Key, WithoutNulls(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };
}
