using Microsoft.AspNetCore.Http;

namespace Rollouts.Sandbox.ApiServer.Http;

internal enum Shape
{
    Object,
    Table,
    Metadata,
}

/// <summary>In which shape the caller wants what it asks for.</summary>
internal sealed record Representation(Shape Shape, string MetaVersion, bool Yaml)
{
    public static readonly Representation Plain = new(Shape.Object, "v1", false);

    /// <exception cref="ApiException">406 where the server has nothing that the caller takes.</exception>
    /// <param name="list">A list is asked for, which has its own word for metadata only.</param>
    /// <param name="subject">Discovery names nothing in its refusals, the resources an empty subject.</param>
    public static Representation Of(HttpRequest request, bool list = false, StatusSubject? subject = null)
    {
        string accept = request.Headers.Accept.ToString();
        if (accept.Length == 0)
            return Plain;
        foreach (string clause in accept.Split(','))
        {
            string[] parts = clause.Split(';', StringSplitOptions.TrimEntries);
            if (parts[0] is not ("application/json" or "application/yaml" or "*/*" or "application/*"))
                continue;
            bool yaml = parts[0] == "application/yaml";
            string? wanted = Parameter(parts, "as"), version = Parameter(parts, "v");
            if (wanted is null)
                return Plain with { Yaml = yaml };
            if (Parameter(parts, "g") == "meta.k8s.io" && version is "v1" or "v1beta1")
                switch (wanted)
                {
                    case "Table":
                        return new Representation(Shape.Table, version, yaml);
                    case "PartialObjectMetadata" when !list:
                    case "PartialObjectMetadataList" when list:
                        return new Representation(Shape.Metadata, version, yaml);
                }
        }
        throw new ApiException(406, "NotAcceptable",
            "only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf")
        {
            Subject = subject,
        };
    }

    private static string? Parameter(string[] parts, string name) =>
        parts.Skip(1).Select(p => p.Split('=')).FirstOrDefault(p => p.Length == 2 && p[0] == name)?[1];
}
