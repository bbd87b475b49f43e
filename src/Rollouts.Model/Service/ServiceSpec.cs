using Rollouts.Model.Json;

namespace Rollouts.Model.Service;

/// <summary>The three Services (apex, primary, canary) and the route in front of them.</summary>
public sealed record ServiceSpec
{
    /// <summary>Name of the apex Service, which the other two are named after.</summary>
    public required string Name { get; init; }

    public required int Port { get; init; }

    public string PortName { get; init; } = Defaults.PortName;

    public required TargetPort TargetPort { get; init; }

    public string? AppProtocol { get; init; }

    /// <summary>Whether connections are shared, because a mesh sees no requests in them.</summary>
    public bool IsTcp => string.Equals(AppProtocol, "tcp", StringComparison.OrdinalIgnoreCase);

    /// <summary>PreferClose, PreferSameZone or PreferSameNode.</summary>
    public string? TrafficDistribution { get; init; }

    /// <summary>Whether every container port of the target is added to the Services.</summary>
    public bool PortDiscovery { get; init; }

    public bool Headless { get; init; }

    /// <summary>Istio gateways; empty: the mesh.</summary>
    public EquatableList<string> Gateways { get; init; } = [];

    /// <summary>Hosts of the route; empty: the apex Service's name.</summary>
    public EquatableList<string> Hosts { get; init; } = [];

    /// <summary>Whether the VirtualService is a delegate, without hosts and gateways of its own.</summary>
    public bool Delegation { get; init; }

    /// <summary>How long a request may take, as written, for the route.</summary>
    public string? Timeout { get; init; }

    /// <summary>Istio HTTPMatchRequests.</summary>
    public EquatableList<RawJson> Match { get; init; } = [];

    public RawJson? Rewrite { get; init; }

    public RawJson? Retries { get; init; }

    public RawJson? Headers { get; init; }

    public RawJson? CorsPolicy { get; init; }

    /// <summary>Istio TrafficPolicy of both DestinationRules.</summary>
    public RawJson? TrafficPolicy { get; init; }

    /// <summary>Labels and annotations of the apex Service and of the route.</summary>
    public ExtraMetadata Apex { get; init; } = ExtraMetadata.None;

    public ExtraMetadata Primary { get; init; } = ExtraMetadata.None;

    public ExtraMetadata Canary { get; init; } = ExtraMetadata.None;

    public UnmanagedMetadata Unmanaged { get; init; } = UnmanagedMetadata.None;

    internal static ServiceSpec? Read(JsonCursor json, string targetName) =>
        json.Integer("port") is { } port
            ? new ServiceSpec
            {
                Name = json.Text("name") ?? targetName,
                Port = port,
                PortName = json.Text("portName") ?? Defaults.PortName,
                TargetPort = TargetPort.Read(json, "targetPort") ?? new TargetPort.Number(port),
                AppProtocol = json.Text("appProtocol"),
                TrafficDistribution = json.Text("trafficDistribution"),
                PortDiscovery = json.Flag("portDiscovery") ?? false,
                Headless = json.Flag("headless") ?? false,
                Gateways = json.Texts("gateways"),
                Hosts = json.Texts("hosts"),
                Delegation = json.Flag("delegation") ?? false,
                Timeout = json.Text("timeout"),
                Match = json.Raws("match"),
                Rewrite = json.Raw("rewrite"),
                Retries = json.Raw("retries"),
                Headers = json.Raw("headers"),
                CorsPolicy = json.Raw("corsPolicy"),
                TrafficPolicy = json.Raw("trafficPolicy"),
                Apex = ExtraMetadata.Read(json.Object("apex")),
                Primary = ExtraMetadata.Read(json.Object("primary")),
                Canary = ExtraMetadata.Read(json.Object("canary")),
                Unmanaged = UnmanagedMetadata.Read(json.Object("unmanagedMetadata")),
            }
            : null;
}
