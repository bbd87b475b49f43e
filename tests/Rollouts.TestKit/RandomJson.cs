using System.Text.Json.Nodes;
using CsCheck;

namespace Rollouts.TestKit;

/// <summary>Small trees over few names and values, so that two of them often meet.</summary>
public static class RandomJson
{
    private static readonly Gen<Func<JsonNode?>> Leaves = Gen.OneOf<Func<JsonNode?>>(
        Gen.Int[0, 3].Select(number => (Func<JsonNode?>)(() => JsonValue.Create(number))),
        Gen.OneOf("x", "y", "ü\n\"").Select(text => (Func<JsonNode?>)(() => JsonValue.Create(text))),
        Gen.Bool.Select(flag => (Func<JsonNode?>)(() => JsonValue.Create(flag))),
        Gen.Bool.Select(_ => (Func<JsonNode?>)(() => null)));

    public static Gen<JsonObject> Objects { get; } = Members(3).Select(make => make()!.AsObject());

    private static Gen<Func<JsonNode?>> Members(int depth) =>
        Gen.Select(Gen.OneOf("a", "b", "c", "d"), depth == 0 ? Leaves : Gen.OneOf<Func<JsonNode?>>(Leaves, Lists, Members(depth - 1)))
            .Array[0, 4]
            .Select(members => (Func<JsonNode?>)(() =>
            {
                var obj = new JsonObject();
                foreach (var (name, value) in members)
                    obj[name] = value();
                return obj;
            }));

    private static Gen<Func<JsonNode?>> Lists =>
        Leaves.Array[0, 2].Select(items => (Func<JsonNode?>)(() => new JsonArray([.. items.Select(item => item())])));
}
