using System.Text.Json.Nodes;

namespace Rollouts.Kubernetes.Events;

/// <summary>What shall be told about an object.</summary>
/// <param name="Involved">The object; its apiVersion, kind, namespace, name, uid and resourceVersion are used.</param>
/// <param name="Reason">CamelCase, up to 128 characters: what happened, for machines.</param>
/// <param name="Message">A sentence; what is beyond 1,024 bytes of UTF-8 is cut.</param>
/// <param name="Key">
/// What makes this the same event when it is told again, e.g. the run and the history entry it belongs to: then it is told once, however often it
/// is published. Null: every publication counts, and equal ones share one Event with a count.
/// </param>
public sealed record EventNote(JsonObject Involved, EventType Type, string Reason, string Message, string? Key = null);
