namespace Rollouts.Cli.Linting;

/// <summary>The files that <c>-f</c> names, as kubectl takes it.</summary>
internal static class Sources
{
    private const string Piped = "-";

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <exception cref="Trouble">There is no such file.</exception>
    public static async Task<IReadOnlyList<SourceFile>> ReadAsync(IEnumerable<string> names, bool recursive, TextReader input, CancellationToken cancellation)
    {
        var files = new List<SourceFile>();
        foreach (var name in names.SelectMany(name => Expand(name, recursive)).Distinct())
            files.Add(name == Piped
                ? new SourceFile("stdin", await input.ReadToEndAsync(cancellation))
                : new SourceFile(name, await File.ReadAllTextAsync(name, cancellation)));
        return files;
    }

    private static IEnumerable<string> Expand(string name, bool recursive)
    {
        if (name == Piped || File.Exists(name))
            return [name];
        if (!Directory.Exists(name))
            throw new Trouble($"there is no file {name}", "-f takes files, folders, and - for what is piped in");
        return Directory.EnumerateFiles(name, "*", recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly)
            .Where(file => Extensions.Contains(Path.GetExtension(file)))
            .Order(StringComparer.Ordinal);
    }
}
