using System.Reflection;

namespace Rollouts.Architecture.Tests;

/// <summary>The built assemblies of src.</summary>
internal static class Product
{
    /// <summary>Each assembly with those of ours that it may use.</summary>
    public static IReadOnlyDictionary<string, string[]> Arrows { get; } = new Dictionary<string, string[]>
    {
        ["Rollouts.Model"] = [],
        ["Rollouts.Core"] = ["Rollouts.Model"],
        ["Rollouts.Kubernetes"] = ["Rollouts.Model"],
        ["Rollouts.Metrics"] = ["Rollouts.Model"],
        ["Rollouts.Sandbox"] = ["Rollouts.Model"],
        ["Rollouts.Simulation"] = ["Rollouts.Model", "Rollouts.Core"],
        ["Rollouts.Controller"] = ["Rollouts.Model", "Rollouts.Core", "Rollouts.Kubernetes", "Rollouts.Metrics"],
        ["rollouts"] = ["Rollouts.Model", "Rollouts.Core", "Rollouts.Kubernetes", "Rollouts.Controller", "Rollouts.Sandbox", "Rollouts.Simulation"],
    };

    public static Assembly Load(string name) => Assembly.Load(name);
}
