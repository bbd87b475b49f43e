using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Rollouts.Kubernetes.Reading;

namespace Rollouts.Kubernetes.Events;

/// <summary>The core/v1 Event of a note. It carries the fields of both APIs, so that old and new readers of events show it.</summary>
internal static class EventBody
{
    private const int LongestName = 253;

    /// <summary>In bytes of UTF-8: the API server says "characters" and counts with Go's len.</summary>
    private const int LongestMessage = 1024;

    public static readonly ResourceType Type = new("", "v1", "events", "Event");

    /// <summary>An Event of an object without a namespace lives in "default".</summary>
    public static ResourceKey KeyOf(EventNote note)
    {
        var ns = note.Involved.Namespace is { Length: > 0 } own ? own : "default";
        // One line per field and no field can hold a zero byte, so no two notes share a text.
        var identity = string.Join('\0', note.Involved.Uid, note.Reason, note.Key is null ? "message" : "key", note.Key ?? note.Message);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 8));
        var stem = note.Involved.Name;
        stem = stem.Length + 1 + hash.Length <= LongestName ? stem : stem[..(LongestName - 1 - hash.Length)].TrimEnd('-', '.');
        return new ResourceKey(ns, $"{stem}.{hash}");
    }

    public static JsonObject First(EventNote note, string reporter, string instance, DateTimeOffset now)
    {
        var (ns, name) = KeyOf(note);
        return new JsonObject
        {
            ["apiVersion"] = Type.ApiVersion,
            ["kind"] = Type.Kind,
            ["metadata"] = new JsonObject { ["namespace"] = ns, ["name"] = name },
            ["involvedObject"] = Reference(note.Involved),
            ["type"] = note.Type switch { EventType.Normal => "Normal", EventType.Warning => "Warning" },
            ["reason"] = note.Reason,
            ["message"] = Cut(note.Message),
            ["action"] = note.Reason,
            ["reportingComponent"] = reporter,
            ["reportingInstance"] = instance,
            ["eventTime"] = MicroTime(now),
            ["source"] = new JsonObject { ["component"] = reporter },
            ["firstTimestamp"] = Time(now),
            ["lastTimestamp"] = Time(now),
            ["count"] = 1,
        };
    }

    /// <summary>The patch that counts one more; the version is its precondition, so that two publishers do not count as one.</summary>
    public static JsonObject Repeated(JsonObject found, DateTimeOffset now)
    {
        var count = (found.Integer("count") ?? 1) + 1;
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = found.ResourceVersion },
            ["count"] = count,
            ["lastTimestamp"] = Time(now),
            ["series"] = new JsonObject { ["count"] = count, ["lastObservedTime"] = MicroTime(now) },
        };
    }

    private static JsonObject Reference(JsonObject obj)
    {
        var reference = new JsonObject
        {
            ["apiVersion"] = obj.Text("apiVersion"),
            ["kind"] = obj.Text("kind"),
            ["name"] = obj.Name,
            ["uid"] = obj.Uid,
            ["resourceVersion"] = obj.ResourceVersion,
        };
        if (obj.Namespace.Length > 0)
            reference["namespace"] = obj.Namespace;
        return reference;
    }

    private static string Cut(string message)
    {
        const string mark = "…";
        if (Encoding.UTF8.GetByteCount(message) <= LongestMessage)
            return message;
        var room = LongestMessage - Encoding.UTF8.GetByteCount(mark);
        var end = 0;
        foreach (var rune in message.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
                break;
            end += rune.Utf16SequenceLength;
        }

        return message[..end] + mark;
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string MicroTime(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
