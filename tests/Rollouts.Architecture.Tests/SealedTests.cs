using System.CodeDom.Compiler;
using System.Runtime.CompilerServices;

namespace Rollouts.Architecture.Tests;

/// <summary>A class that anyone may derive from is a promise; none of ours is made by accident.</summary>
public sealed class SealedTests
{
    public static TheoryData<string> Assemblies => [.. Product.Arrows.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_class_is_sealed_abstract_or_static(string assembly) =>
        Open(Product.Load(assembly).GetTypes()).Should().BeEmpty();

    [Fact]
    public void An_open_class_is_seen() =>
        Open([typeof(OpenSample), typeof(SealedTests), typeof(Product), typeof(Stream), typeof(int), typeof(IDisposable)])
            .Should().Equal(typeof(OpenSample).FullName);

    private static IEnumerable<string?> Open(IEnumerable<Type> types) =>
        from type in types
        where type.IsClass && !type.IsSealed && !type.IsAbstract && !IsGenerated(type)
        select type.FullName;

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), false)
        || type.IsDefined(typeof(GeneratedCodeAttribute), false)
        || type.Name.StartsWith('<')
        // The class around top-level statements.
        || type.GetMethod("<Main>$", (System.Reflection.BindingFlags)(-1)) is not null
        || (type.DeclaringType is { } outer && IsGenerated(outer));

    // Public, because the compiler's own rule (CA1852) already finds the internal ones.
    public class OpenSample;
}
