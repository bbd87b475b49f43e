using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Http;

/// <summary>Questions whether somebody may do something. There is no authentication here: everybody may do everything.</summary>
internal static class Reviews
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["selfsubjectaccessreviews"] = "SelfSubjectAccessReview",
        ["subjectaccessreviews"] = "SubjectAccessReview",
        ["localsubjectaccessreviews"] = "LocalSubjectAccessReview",
        ["selfsubjectrulesreviews"] = "SelfSubjectRulesReview",
    };

    public static bool Knows(string group, string[] path) => group == "authorization.k8s.io" && Kinds.ContainsKey(path[^1]);

    public static async Task AnswerAsync(HttpContext context, string[] path)
    {
        if (context.Request.Method != HttpMethods.Post)
            throw Refusals.MethodNotAllowed();
        JsonObject body = await context.Request.ReadObjectAsync([]);
        JsonObject spec = body.Ensure("spec");
        bool rules = path[^1] == "selfsubjectrulesreviews";
        if (!rules)
            Check(spec);
        await context.Response.WriteAsync(201, new JsonObject
        {
            ["kind"] = Kinds[path[^1]],
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["metadata"] = new JsonObject { ["creationTimestamp"] = null },
            ["spec"] = spec.DeepClone(),
            ["status"] = rules ? Everything() : new JsonObject { ["allowed"] = true },
        });
    }

    private static void Check(JsonObject spec)
    {
        var kind = new ResourceKind("authorization.k8s.io", "v1", "", "", false);
        if (spec["resourceAttributes"] is null && spec["nonResourceAttributes"] is null)
            throw Refusals.Invalid(kind, "", "FieldValueInvalid", "spec.resourceAttributes",
                "Invalid value: \"null\": exactly one of nonResourceAttributes or resourceAttributes must be specified");
        if (spec["resourceAttributes"] is not null && spec["nonResourceAttributes"] is not null)
            throw Refusals.Invalid(kind, "", "FieldValueInvalid", "spec.nonResourceAttributes",
                "Invalid value: cannot be specified in combination with resourceAttributes");
    }

    private static JsonObject Everything() => new()
    {
        ["resourceRules"] = new JsonArray(new JsonObject
        {
            ["verbs"] = new JsonArray("*"),
            ["apiGroups"] = new JsonArray("*"),
            ["resources"] = new JsonArray("*"),
        }),
        ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["nonResourceURLs"] = new JsonArray("*") }),
        ["incomplete"] = false,
    };
}
