using System.Text.Json.Nodes;
using Rollouts.Sandbox.ApiServer.Objects;

namespace Rollouts.Sandbox.ApiServer.Defaulting;

internal static class ContainerDefaults
{
    public static void Container(JsonObject container, bool hostNetwork)
    {
        container.Default("imagePullPolicy", PullPolicy(container.TextAt("image") ?? ""));
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        container.Ensure("resources");
        foreach (JsonObject port in container.ObjectsAt("ports"))
        {
            port.Default("protocol", "TCP");
            if (hostNetwork && port["containerPort"] is { } number)
                port.Default("hostPort", number.DeepClone());
        }
        foreach (JsonObject variable in container.ObjectsAt("env"))
            variable.ObjectAt("valueFrom", "fieldRef")?.Default("apiVersion", "v1");
        foreach (string probe in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
            if (container.ObjectAt(probe) is { } there)
                Probe(there);
        foreach (string handler in (string[])["postStart", "preStop"])
            if (container.ObjectAt("lifecycle", handler, "httpGet") is { } get)
                HttpGet(get);
    }

    // An image without a tag is :latest, which is pulled anew each time.
    private static string PullPolicy(string image)
    {
        string last = image[(image.LastIndexOf('/') + 1)..];
        if (last.Contains('@'))
            return "IfNotPresent";
        int colon = last.LastIndexOf(':');
        return colon < 0 || last[(colon + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }

    private static void Probe(JsonObject probe)
    {
        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
        if (probe.ObjectAt("httpGet") is { } get)
            HttpGet(get);
        if (probe.ObjectAt("grpc") is { } grpc && !grpc.ContainsKey("service"))
            grpc["service"] = "";
    }

    private static void HttpGet(JsonObject get)
    {
        get.Default("path", "/");
        get.Default("scheme", "HTTP");
    }
}
