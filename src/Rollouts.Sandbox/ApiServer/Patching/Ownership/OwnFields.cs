using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Schemas;

namespace Rollouts.Sandbox.ApiServer.Patching.Ownership;

/// <summary>Which fields of an object have owners at all: not its identity, nor what the server itself sets.</summary>
internal static class OwnFields
{
    private static readonly FieldSet ServerFields = TypedValue.Fields(
        JsonNode.Parse(
            """
            {
              "apiVersion": "", "kind": "",
              "metadata": {
                "name": "", "namespace": "", "uid": "", "resourceVersion": "", "generation": 0, "selfLink": "",
                "creationTimestamp": "", "managedFields": []
              }
            }
            """),
        FieldSchema.Untyped);

    public static FieldSet Of(JsonObject obj, FieldSchema schema) => Strip(TypedValue.Fields(obj, schema));

    public static FieldSet Strip(FieldSet fields) => fields.Without(ServerFields);
}
