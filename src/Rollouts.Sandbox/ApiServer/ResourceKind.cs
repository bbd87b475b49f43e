namespace Rollouts.Sandbox.ApiServer;

/// <summary>A kind of object that the sandbox serves, as discovery lists it. The core group is the empty string.</summary>
public sealed record ResourceKind(string Group, string Version, string Plural, string Kind, bool Namespaced)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
