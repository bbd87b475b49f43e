namespace Rollouts.Architecture.Tests;

public sealed class ArrowTests
{
    public static TheoryData<string> Assemblies => [.. Product.Arrows.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_uses_only_those_that_the_design_lets_it(string assembly) =>
        Strays(assembly, Product.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!)).Should().BeEmpty();

    [Fact]
    public void An_arrow_against_the_design_is_seen() =>
        Strays("Rollouts.Core", ["System.Runtime", "Stateless", "Rollouts.Model", "Rollouts.Kubernetes"])
            .Should().Equal("Rollouts.Kubernetes");

    [Fact]
    public void No_project_of_src_is_without_a_place_in_the_design() =>
        RepositoryTree.Sources("src", "*.csproj").Select(project => Path.GetFileNameWithoutExtension(project.Path))
            .Should().BeEquivalentTo(Product.Arrows.Keys.Select(name => name == "rollouts" ? "Rollouts.Cli" : name));

    private static IEnumerable<string> Strays(string assembly, IEnumerable<string> references) => references
        .Where(name => name.StartsWith("rollouts", StringComparison.OrdinalIgnoreCase))
        .Except(Product.Arrows[assembly]);
}
