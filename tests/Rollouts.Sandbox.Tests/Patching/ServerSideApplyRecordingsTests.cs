using System.Text.Json;
using System.Text.Json.Nodes;
using FluentAssertions.Execution;
using Rollouts.Sandbox.ApiServer;
using Rollouts.Sandbox.ApiServer.Patching;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.Tests.Patching;

/// <summary>Every step of the recorded cases about server-side apply: what is merged, who owns it, what is a conflict.</summary>
public sealed class ServerSideApplyRecordingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("04-patch", "apply")]
    [InlineData("04-patch", "managed-fields")]
    [InlineData("04-patch", "apply-custom")]
    [InlineData("04-patch", "apply-deployment")]
    [InlineData("12-kubectl", "apply-server-side")]
    public void Each_step_of_a_recorded_case_leaves_the_recorded_owners(string group, string @case)
    {
        var objects = new Dictionary<string, JsonObject>();
        var schemas = new Dictionary<string, FieldSchema>
        {
            ["ConfigMap"] = BuiltInSchemas.For("", "v1", "ConfigMap")!,
            ["Service"] = BuiltInSchemas.For("", "v1", "Service")!,
            ["Deployment"] = BuiltInSchemas.For("apps", "v1", "Deployment")!,
        };
        using var scope = new AssertionScope();
        foreach (var step in Recording.Read(group, @case).Where(s => s.Method is "POST" or "PUT" or "PATCH"))
        {
            if (step.Asked is JsonObject definition && definition["kind"]?.GetValue<string>() == "CustomResourceDefinition")
            {
                var version = definition["spec"]!["versions"]![0]!;
                schemas["Widget"] = CustomSchemas.For(version["schema"]!["openAPIV3Schema"]!.AsObject());
                continue;
            }

            Play(step, objects, schemas);
        }
    }

    private static void Play(Recording.Step step, Dictionary<string, JsonObject> objects, Dictionary<string, FieldSchema> schemas)
    {
        var subresource = step.Path.EndsWith("/scale", StringComparison.Ordinal) ? "scale"
            : step.Path.EndsWith("/status", StringComparison.Ordinal) ? "status" : null;
        var path = subresource is null ? step.Path : step.Path[..step.Path.LastIndexOf('/')];
        if (step.Method == "POST")
            path = $"{path}/{step.Asked!["metadata"]!["name"]}";
        var kind = path.Split('/')[^2] switch
        {
            "configmaps" => "ConfigMap",
            "services" => "Service",
            "deployments" => "Deployment",
            _ => "Widget",
        };
        var apiVersion = kind switch
        {
            "Deployment" => "apps/v1",
            "Widget" => "<id>.example.test/v1",
            "ConfigMap" or "Service" or _ => "v1",
        };
        var live = objects.GetValueOrDefault(path);
        if (step.Status == 404)
            return;
        var writer = new FieldWriter(step.Manager, apiVersion, Now, subresource, StatusApart: kind is "Deployment" or "Widget" or "Service");
        JsonObject Result() => Write(step, live, writer, schemas[kind]);
        if (step.Status >= 400)
        {
            var refusal = ((Func<JsonObject>)Result).Should().Throw<ApiException>(step.Name).Which;
            refusal.Code.Should().Be(step.Status, step.Name);
            Expect(step.Name, Causes(refusal), step.Answer!["details"]?["causes"] ?? new JsonArray());
            if (step.Answer["message"] is { } message)
                refusal.Message.Should().Be(message.GetValue<string>(), step.Name);
            return;
        }

        var result = Result();
        if (step.Answer?["metadata"] is not null && subresource != "scale")
        {
            Expect(step.Name, Timeless(result["metadata"]!["managedFields"]), Timeless(step.Answer["metadata"]!["managedFields"]));
            foreach (var part in kind is "ConfigMap" or "Widget" ? step.Answer.Select(m => m.Key).Where(m => m is "data" or "spec" or "status") : [])
                Expect(step.Name, result[part], step.Answer[part]);
        }

        if (!step.Query.ContainsKey("dryRun"))
            objects[path] = Settled(result, step, subresource);
    }

    private static JsonObject Write(Recording.Step step, JsonObject? live, FieldWriter writer, FieldSchema schema)
    {
        var asked = step.Asked!.DeepClone();
        switch (step.Patch)
        {
            case "apply":
                return ServerSideApply.Apply(live, asked.AsObject(), writer, step.Query.ContainsKey("force"), schema);
            case "merge":
                return ServerSideApply.TrackUpdate(live, MergePatch.Apply(live, asked)!.AsObject(), writer, schema);
            case "json":
                return ServerSideApply.TrackUpdate(live, JsonPatchOperations.Apply(live!, asked.AsArray()), writer, schema);
            default:
                // Defaults come before the owners, addresses after them: the recorded answer has both.
                var after = step.Answer?.DeepClone().AsObject() ?? Defaulted(asked.AsObject());
                foreach (var allocated in new[] { "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy" })
                    (after["spec"] as JsonObject)?.Remove(allocated);
                after["metadata"]!.AsObject().Remove("managedFields");
                return ServerSideApply.TrackUpdate(live, after, writer, schema);
        }
    }

    /// <summary>What the server makes of an object after the owners are set: for a Deployment, defaults.</summary>
    private static JsonObject Settled(JsonObject result, Recording.Step step, string? subresource)
    {
        if (result["kind"]?.GetValue<string>() != "Deployment" || subresource is not null || step.Answer?["spec"] is not JsonObject spec)
            return result;
        var settled = result.DeepClone().AsObject();
        settled["spec"] = spec.DeepClone();
        return settled;
    }

    /// <summary>The Deployment of 12-kubectl as its unrecorded create leaves it.</summary>
    private static JsonObject Defaulted(JsonObject deployment) => MergePatch.Apply(
        Json.Object(
            """
            {'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':'25%','maxSurge':'25%'}},
             'revisionHistoryLimit':10,'progressDeadlineSeconds':600,
             'template':{'spec':{'restartPolicy':'Always','terminationGracePeriodSeconds':30,'dnsPolicy':'ClusterFirst',
             'securityContext':{},'schedulerName':'default-scheduler'}}}}
            """),
        MergePatch.Apply(deployment, Json.Node(
            """
            {'spec':{'template':{'spec':{'containers':[{'name':'app','image':'example.test/app:1','resources':{},
             'terminationMessagePath':'/dev/termination-log','terminationMessagePolicy':'File','imagePullPolicy':'IfNotPresent'}]}}}}
            """)))!.AsObject();

    private static JsonArray Causes(ApiException refusal) => new([.. refusal.Causes.Select(c => new JsonObject
    {
        ["reason"] = c.Reason,
        ["message"] = c.Message,
        ["field"] = c.Field,
    })]);

    /// <summary>The entries as recordings have them: by manager, every time alike.</summary>
    private static JsonArray Timeless(JsonNode? managedFields)
    {
        var entries = ((managedFields as JsonArray)?.Select(e => e!.DeepClone().AsObject()) ?? [])
            .OrderBy(e => (e["manager"]!.GetValue<string>(), e["operation"]!.GetValue<string>())).ToList();
        foreach (var entry in entries.Where(e => e.ContainsKey("time")))
            entry["time"] = "<time>";
        return new([.. entries]);
    }

    private static void Expect(string step, JsonNode? actual, JsonNode? expected) => JsonNode.DeepEquals(actual, expected)
        .Should().BeTrue("step '{0}' expected\n{1}\nbut found\n{2}", step, Text(expected), Text(actual));

    private static string Text(JsonNode? node) => node?.ToJsonString(new JsonSerializerOptions(JsonSerializerOptions.Default)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }).Replace("{", "{{").Replace("}", "}}") ?? "null";
}
