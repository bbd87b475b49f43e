using System.Text;
using System.Text.Json.Nodes;

namespace Rollouts.Sandbox.ApiServer.Http.Protobuf;

internal enum ProtoForm
{
    Text,
    Bytes,
    Number,
    Flag,
    Message,
    TextMap,
    BytesMap,
}

/// <summary>A field of a message, as upstream's generated.proto numbers it.</summary>
internal sealed record ProtoField(string Name, ProtoForm Form, ProtoMessage? Message = null, bool Repeated = false);

/// <summary>A message of upstream's protobuf as JSON. A field that is not known here is refused unless it is empty.</summary>
internal sealed class ProtoMessage(Dictionary<int, ProtoField> fields)
{
    /// <exception cref="NotSupportedException">The message says something that is not known here.</exception>
    public JsonObject Read(ReadOnlySpan<byte> bytes)
    {
        var obj = new JsonObject();
        var reader = new ProtoReader(bytes);
        while (reader.Next(out int number, out ulong varint, out ReadOnlySpan<byte> content))
        {
            if (fields.TryGetValue(number, out ProtoField? field))
                Add(obj, field, varint, content);
            else if (varint != 0 || !IsEmpty(content))
                throw new NotSupportedException($"protobuf field {number} is not known");
        }
        return obj;
    }

    // Upstream writes every member that is no pointer, so that an empty status has empty members of its own.
    private static bool IsEmpty(ReadOnlySpan<byte> content)
    {
        var reader = new ProtoReader(content);
        while (reader.Next(out _, out ulong varint, out ReadOnlySpan<byte> below))
            if (varint != 0 || !IsEmpty(below))
                return false;
        return true;
    }

    private static void Add(JsonObject obj, ProtoField field, ulong varint, ReadOnlySpan<byte> content)
    {
        if (field.Form is ProtoForm.TextMap or ProtoForm.BytesMap)
        {
            if (obj[field.Name] is not JsonObject map)
                obj[field.Name] = map = [];
            var (key, value) = Entry(content, field.Form == ProtoForm.BytesMap);
            map[key] = value;
            return;
        }
        JsonNode read = field.Form switch
        {
            ProtoForm.Text => Encoding.UTF8.GetString(content),
            ProtoForm.Bytes => Convert.ToBase64String(content),
            ProtoForm.Number => (long)varint,
            ProtoForm.Flag => varint != 0,
            ProtoForm.Message or ProtoForm.TextMap or ProtoForm.BytesMap => field.Message!.Read(content),
        };
        if (!field.Repeated)
            obj[field.Name] = read;
        else if (obj[field.Name] is JsonArray items)
            items.Add(read);
        else
            obj[field.Name] = new JsonArray(read);
    }

    private static (string Key, string Value) Entry(ReadOnlySpan<byte> entry, bool bytes)
    {
        string key = "", value = "";
        var reader = new ProtoReader(entry);
        while (reader.Next(out int number, out _, out ReadOnlySpan<byte> content))
            if (number == 1)
                key = Encoding.UTF8.GetString(content);
            else
                value = bytes ? Convert.ToBase64String(content) : Encoding.UTF8.GetString(content);
        return (key, value);
    }
}
