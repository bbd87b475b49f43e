using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rollouts.Model.Json;

/// <summary>JSON for people: without escapes that only HTML needs.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Readable { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
