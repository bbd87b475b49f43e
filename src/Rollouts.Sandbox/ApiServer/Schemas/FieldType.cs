namespace Rollouts.Sandbox.ApiServer.Schemas;

/// <summary>What a field may hold. Where it matters to the API server, the text of a string has a type of its own.</summary>
public enum FieldType
{
    /// <summary>Anything: no schema says what is below.</summary>
    Any,
    Object,
    Map,
    List,
    String,
    Boolean,
    Integer,
    Number,
    IntOrString,

    /// <summary>"100m", "1Gi" or a plain number.</summary>
    Quantity,

    /// <summary>RFC 3339.</summary>
    Time,

    /// <summary>RFC 3339 with exactly six digits of a second.</summary>
    MicroTime,

    /// <summary>Base64.</summary>
    Bytes,
}
