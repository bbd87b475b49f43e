using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Rollouts.Architecture.Tests;

/// <summary>
/// What an assembly names of other assemblies, in signatures and in bodies, read from its metadata: reflection sees no bodies, and the
/// source does not show what <c>var</c> and <c>await</c> bring in.
/// </summary>
internal static class UsedSymbols
{
    /// <summary>Types as <c>System.DateTime</c> and members as <c>System.DateTime.get_Now</c>.</summary>
    public static IReadOnlySet<string> Of(Assembly assembly)
    {
        using FileStream file = File.OpenRead(assembly.Location);
        using var image = new PEReader(file);
        MetadataReader metadata = image.GetMetadataReader();
        IEnumerable<string> types = metadata.TypeReferences.Select(handle => Name(metadata, handle));
        IEnumerable<string> members =
            from handle in metadata.MemberReferences
            let member = metadata.GetMemberReference(handle)
            where member.Parent.Kind == HandleKind.TypeReference
            select $"{Name(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}";
        return types.Concat(members).ToHashSet();
    }

    private static string Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        string name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Name(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
