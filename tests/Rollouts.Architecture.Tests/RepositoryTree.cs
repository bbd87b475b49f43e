namespace Rollouts.Architecture.Tests;

/// <summary>The files of this repository, found from the built test.</summary>
internal static class RepositoryTree
{
    public static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>Every source file below a folder of the root, with its path from there.</summary>
    public static IEnumerable<SourceText> Sources(string folder, string pattern) =>
        from file in new DirectoryInfo(Path.Combine(Root.FullName, folder)).EnumerateFiles(pattern, SearchOption.AllDirectories)
        select new SourceText(Path.GetRelativePath(Root.FullName, file.FullName), File.ReadAllText(file.FullName));

    private static DirectoryInfo FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Rollouts.sln")))
                return folder;
        }

        throw new InvalidOperationException($"Rollouts.sln is not above {AppContext.BaseDirectory}");
    }
}

internal sealed record SourceText(string Path, string Text);
