using System.Text.Json.Nodes;
using Rollouts.Model.Json;
using Rollouts.Model.Schemas;

namespace Rollouts.Model.Analysis;

/// <summary>The shapes of <c>spec.analysis.webhooks[]</c> and <c>alerts[]</c>.</summary>
internal static class HookSchema
{
    public static ListSchema Webhooks => new("Web services that are asked or told in the course of a run.", Webhook, 50)
    {
        Rules =
        [
            new(
                "self.all(h, self.exists_one(o, o.name == h.name && (has(o.type) ? o.type : 'rollout') == (has(h.type) ? h.type : 'rollout')))",
                "must have another name than the webhook of the same type before it: answers are told apart by it",
                node => Repeated(node.AsArray()) is { } index ? $"[{index}]" : null),
        ],
    };

    private static ObjectSchema Webhook { get; } = new("One web service.")
    {
        Required = ["name", "url"],
        Fields = new()
        {
            ["name"] = new TextSchema("Name of the webhook, shown in messages.") { MinLength = 1 },
            ["url"] = new TextSchema("URL that the payload is posted to.")
            {
                MaxLength = 2048,
                Pattern = "^https?://.+",
                PatternMeans = "a URL such as http://loadtester.test/",
            },
            ["type"] = new TextSchema("When it is called; default rollout.")
            {
                Words =
                [
                    "", "confirm-rollout", "pre-rollout", "rollout", "confirm-traffic-increase", "confirm-promotion", "post-rollout", "rollback", "event",
                ],
            },
            ["timeout"] = TextSchema.Duration("Longest time for an answer; default 10s.", "1ms"),
            ["retries"] = new IntegerSchema("Tries after the first that failed; default 0.", 0, 100),
            ["metadata"] = new MapSchema("Text that is passed on in the payload."),
            ["secretRef"] = new ObjectSchema("Secret of the Canary's namespace, each key of which is sent as a request header.")
            {
                Required = ["name"],
                Fields = new() { ["name"] = CanarySchema.Name("Name of the Secret.") },
            },
            ["muteAlert"] = new FlagSchema("Send no alert when it fails; default false."),
            ["disableTLS"] = new FlagSchema("Do not verify the server's certificate; default false."),
        },
    };

    private static int? Repeated(JsonArray webhooks)
    {
        var known = new HashSet<(string?, HookKind?)>();
        for (var index = 0; index < webhooks.Count; index++)
        {
            if (HookSpec.Read(new JsonCursor(webhooks[index])) is { } hook && !known.Add((hook.Name, hook.Kind)))
                return index;
        }
        return null;
    }

    public static ObjectSchema Alert { get; } = new("One receiver of alerts.")
    {
        Required = ["name", "providerRef"],
        Fields = new()
        {
            ["name"] = new TextSchema("Name of the alert.") { MinLength = 1 },
            ["severity"] = new TextSchema("Least severity that is sent; default info.") { Words = ["", "info", "warn", "error"] },
            ["providerRef"] = new ObjectSchema("The AlertProvider.")
            {
                Required = ["name"],
                Fields = new()
                {
                    ["name"] = CanarySchema.Name("Name of the AlertProvider."),
                    ["namespace"] = CanarySchema.Name("Namespace of the AlertProvider; default: the Canary's."),
                },
            },
        },
    };
}
