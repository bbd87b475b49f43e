namespace Rollouts.Cli.Viewing;

/// <summary>The values of <c>-o</c>.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For people with wide screens.</summary>
    Wide,

    Json,

    Yaml,
}
