using System.Text.Json.Nodes;
using CsCheck;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Patching;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.Tests.Patching;

/// <summary>What holds of patches whatever the objects are.</summary>
public sealed class PatchLawsTests
{
    private const string Alice = "alice";
    private const string Bob = "bob";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly FieldSchema Deployment = BuiltInSchemas.For("apps", "v1", "Deployment")!;

    private static readonly FieldSchema Widget = CustomSchemas.For(Json.Object(
        """
        {'type':'object','properties':{'spec':{'type':'object','properties':{
          'ports':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['name'],
            'items':{'type':'object','required':['name'],'properties':{'name':{'type':'string'},'port':{'type':'integer'},'note':{'type':'string'}}}},
          'hosts':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},
          'plain':{'type':'array','items':{'type':'string'}},
          'whole':{'type':'object','x-kubernetes-map-type':'atomic','additionalProperties':{'type':'string'}},
          'labels':{'type':'object','additionalProperties':{'type':'string'}},
          'inner':{'type':'object','properties':{'a':{'type':'string'},'b':{'type':'integer'}}},
          'size':{'type':'integer'}}}}}
        """));

    private static readonly Gen<string> Word = Gen.Int[0, 3].Select(i => $"{(char)('a' + i)}");

    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf<JsonNode?>(
        Gen.Int[0, 3].Select(i => (JsonNode?)JsonValue.Create(i)), Word.Select(w => (JsonNode?)JsonValue.Create(w)));

    private static readonly Gen<JsonNode?> Document = Any(depth: 3, nulls: false);

    private static readonly Gen<JsonNode?> AnyPatch = Any(depth: 3, nulls: true);

    // What one manager may apply of a Widget. No empty list of ports: upstream, nobody owns that, so nobody can take it back.
    private static readonly Gen<JsonObject> Spec = Some(
        ("size", Gen.Int[0, 2].Select(i => (JsonNode?)JsonValue.Create(i))),
        ("hosts", Words()),
        ("plain", Words()),
        ("whole", Map()),
        ("labels", Map()),
        ("inner", Some(("a", Text()), ("b", Gen.Int[0, 2].Select(i => (JsonNode?)JsonValue.Create(i)))).Select(o => (JsonNode?)o)),
        ("ports", Word.Array[1, 3].SelectMany(names => Some(("note", Text()), ("port", Gen.Int[0, 2].Select(i => (JsonNode?)JsonValue.Create(i))))
            .Array[names.Length].Select(items => Ports(names, items)))));

    [Fact]
    public void A_merge_patch_applied_twice_changes_nothing_more() => Gen.Select(Document, AnyPatch).Sample((target, patch) =>
    {
        var once = MergePatch.Apply(target, patch);
        return JsonNode.DeepEquals(MergePatch.Apply(once, patch), once);
    });

    [Fact]
    public void What_a_merge_patch_computes_as_difference_leads_from_one_document_to_the_other() =>
        Gen.Select(Any(depth: 3, nulls: false, objects: true), Any(depth: 3, nulls: false, objects: true)).Sample((before, after) =>
            JsonNode.DeepEquals(MergePatch.Apply(before, Difference(before, after)), after));

    [Fact]
    public void A_strategic_merge_patch_applied_twice_changes_nothing_more() => Gen.Select(Containers(), Containers()).Sample((target, patch) =>
    {
        var once = StrategicMergePatch.Apply(target, patch, Deployment);
        return JsonNode.DeepEquals(StrategicMergePatch.Apply(once, patch, Deployment), once);
    });

    [Fact]
    public void A_strategic_merge_patch_keeps_every_container_and_names_each_once() => Gen.Select(Containers(), Containers()).Sample((target, patch) =>
        Names(StrategicMergePatch.Apply(target, patch, Deployment)) is var names && names.Distinct().Count() == names.Count
            && names.ToHashSet().SetEquals(Names(target).Union(Names(patch))));

    [Fact]
    public void Applying_the_same_again_changes_nothing_not_even_a_time() => Gen.Select(Spec, Spec).Sample((hers, his) =>
    {
        var live = Apply(Apply(null, hers, Alice), his, Bob);
        return JsonNode.DeepEquals(Apply(live, his, Bob, Now.AddHours(1)), live);
    });

    [Fact]
    public void What_is_applied_stands_in_the_object_and_belongs_to_its_manager() => Gen.Select(Spec, Spec).Sample((hers, his) =>
    {
        var live = Apply(Apply(null, hers, Alice), his, Bob);

        // Then nobody can change it without a conflict, and applying it again without force has none.
        return JsonNode.DeepEquals(ServerSideApply.Apply(live, Object(his), Writer(Bob, Now), force: false, Widget), live);
    });

    [Fact]
    public void Applying_nothing_removes_exactly_what_nobody_else_owns() => Gen.Select(Spec, Spec).Sample((hers, his) =>
    {
        var alone = Apply(null, hers, Alice);
        var both = Apply(alone, his, Bob);

        // Bob has taken over what he changed, so what stays is Alice's, as if she had applied only what he left her.
        var left = Apply(both, [], Bob);
        var again = Apply(left, [], Alice);
        return again["spec"] is null && Managers(again).Count == 0 && !Managers(left).Contains(Bob);
    });

    [Fact]
    public void Who_only_adds_what_nobody_had_can_take_it_back_without_a_trace() => Spec.Sample(hers =>
    {
        var alone = Apply(null, hers, Alice);
        var his = Json.Object("{'labels':{'of-bob':'1'},'hosts':['of-bob'],'ports':[{'name':'of-bob','port':1}]}");

        var left = Apply(Apply(alone, his, Bob), [], Bob);
        return JsonNode.DeepEquals(Nonempty(left), Nonempty(alone));
    });

    [Fact]
    public void Applying_what_an_object_already_holds_is_never_a_conflict() => Gen.Select(Spec, Spec).Sample((hers, his) =>
    {
        var live = Apply(null, hers, Alice);
        var updated = ServerSideApply.TrackUpdate(live, WithSpec(live, his), Writer(Bob, Now), Widget);

        var third = ServerSideApply.Apply(updated, Object(his), Writer("carol", Now), force: false, Widget);
        return JsonNode.DeepEquals(Nonempty(third), Nonempty(updated));
    });

    [Fact]
    public void An_applier_conflicts_with_an_update_exactly_where_it_would_change_a_value() => Gen.Int[0, 3].SelectMany(
        hers => Gen.Int[0, 3].Select(his => (hers, his))).Sample(sizes =>
    {
        var live = Apply(null, Json.Object($"{{'size':{sizes.hers}}}"), Alice);
        var updated = ServerSideApply.TrackUpdate(live, WithSpec(live, Json.Object($"{{'size':{sizes.his}}}")), Writer(Bob, Now), Widget);

        var apply = () => ServerSideApply.Apply(updated, Object(Json.Object($"{{'size':{sizes.hers}}}")), Writer(Alice, Now), force: false, Widget);
        if (sizes.hers == sizes.his)
            apply().ShouldBe(live);
        else
            apply.Should().Throw<ApiException>().Which.Causes.Should().ContainSingle().Which.Field.Should().Be(".spec.size");
    });

    private static JsonObject Apply(JsonObject? live, JsonObject spec, string manager, DateTimeOffset? now = null) =>
        ServerSideApply.Apply(live, Object(spec), Writer(manager, now ?? Now), force: true, Widget);

    private static FieldWriter Writer(string manager, DateTimeOffset now) => new(manager, "example.test/v1", now);

    private static JsonObject Object(JsonObject spec)
    {
        var obj = Json.Object("{'apiVersion':'example.test/v1','kind':'Widget','metadata':{'name':'one'}}");
        if (spec.Count > 0)
            obj["spec"] = spec.DeepClone();
        return obj;
    }

    private static JsonObject WithSpec(JsonObject live, JsonObject spec)
    {
        var obj = live.DeepClone().AsObject();
        obj["spec"] = spec.DeepClone();
        return obj;
    }

    private static HashSet<string> Managers(JsonObject obj) =>
        [.. (obj["metadata"]!["managedFields"] as JsonArray ?? []).Select(e => $"{e!["manager"]}")];

    /// <summary>Without empty lists and objects: whether a list that someone emptied stays is nobody's concern.</summary>
    private static JsonNode? Nonempty(JsonNode? node) => node switch
    {
        JsonObject obj => new JsonObject(
            from member in obj
            let content = Nonempty(member.Value)
            where content is not (null or JsonObject { Count: 0 } or JsonArray { Count: 0 }) && member.Key != "managedFields"
            select KeyValuePair.Create(member.Key, content)),
        JsonArray list => new JsonArray([.. list.Select(Nonempty)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Difference(JsonNode? before, JsonNode? after)
    {
        if (before is not JsonObject old || after is not JsonObject now)
            return after?.DeepClone();
        var difference = new JsonObject(old.Where(m => !now.ContainsKey(m.Key)).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)null)));
        foreach (var (name, value) in now.Where(m => !JsonNode.DeepEquals(m.Value, old[m.Key])))
            difference[name] = Difference(old[name], value);
        return difference;
    }

    private static Gen<JsonNode?> Any(int depth, bool nulls, bool objects = false)
    {
        var leaf = nulls ? Gen.OneOf(Scalar, Gen.Const((JsonNode?)null)) : Scalar;
        if (depth == 0)
            return leaf;
        var below = Any(depth - 1, nulls);
        var obj = Gen.Select(Word, below).Array[0, 4]
            .Select(members => (JsonNode?)new JsonObject(members.DistinctBy(m => m.Item1).Select(m => KeyValuePair.Create(m.Item1, m.Item2?.DeepClone()))));
        var list = Scalar.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i?.DeepClone())]));
        return objects ? obj : Gen.OneOf(obj, obj, list, leaf);
    }

    private static Gen<JsonObject> Some(params (string Name, Gen<JsonNode?> Value)[] members) =>
        Gen.Bool.Array[members.Length].SelectMany(chosen => All([.. members.Where((_, i) => chosen[i])]));

    private static Gen<JsonObject> All(IReadOnlyList<(string Name, Gen<JsonNode?> Value)> members) => members.Aggregate(
        Gen.Const(0).Select(_ => new JsonObject()),
        (sofar, member) => Gen.Select(sofar, member.Value).Select(pair => new JsonObject(
            pair.Item1.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())).Append(KeyValuePair.Create(member.Name, pair.Item2?.DeepClone())))));

    private static Gen<JsonNode?> Text() => Word.Select(w => (JsonNode?)JsonValue.Create(w));

    private static Gen<JsonNode?> Words() => Word.Array[1, 3].Select(words =>
        (JsonNode?)new JsonArray([.. words.Distinct().Select(w => (JsonNode?)JsonValue.Create(w))]));

    private static Gen<JsonNode?> Map() => Gen.Select(Word, Word).Array[1, 3].Select(pairs => (JsonNode?)new JsonObject(
        pairs.DistinctBy(p => p.Item1).Select(p => KeyValuePair.Create(p.Item1, (JsonNode?)JsonValue.Create(p.Item2)))));

    private static JsonNode? Ports(string[] names, JsonObject[] items)
    {
        var ports = new JsonArray();
        foreach (var (name, item) in names.Zip(items).DistinctBy(p => p.First))
        {
            var port = item.DeepClone().AsObject();
            port["name"] = name;
            ports.Add(port);
        }

        return ports;
    }

    private static Gen<JsonObject> Containers() => Gen.Select(Word, Word).Array[0, 4].Select(pairs => Json.Object(
        $"{{'spec':{{'template':{{'spec':{{'containers':[{string.Join(',', pairs.DistinctBy(p => p.Item1).Select(p => $"{{'name':'{p.Item1}','image':'{p.Item2}'}}"))}]}}}}}}}}"));

    private static List<string> Names(JsonObject deployment) =>
        [.. deployment["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Select(c => $"{c!["name"]}")];
}
