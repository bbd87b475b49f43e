using System.Reflection;

namespace Rollouts.Model.Tests;

/// <summary>
/// Fills records with chance values by reflection, so that a field which is added to the status is tested without anyone thinking of it.
/// </summary>
internal sealed class SampleMaker(int seed, bool everything)
{
    private static readonly string[] Texts = ["", "a", "3/7", "Größe \"x\" \\ \n", "✓ 99% of 1,200 requests", "{\"a\":1}"];

    private readonly Random random = new(seed);
    private readonly NullabilityInfoContext nullability = new();

    public T Make<T>() => (T)Make(typeof(T));

    private object Make(Type type) => type switch
    {
        _ when type == typeof(string) => everything ? "text" : Texts[random.Next(Texts.Length)],
        _ when type == typeof(bool) => everything || random.Next(2) == 0,
        _ when type == typeof(int) => random.Next(1, int.MaxValue),
        _ when type == typeof(long) => random.NextInt64(1, long.MaxValue),
        _ when type == typeof(double) => !everything && random.Next(10) == 0 ? double.NaN : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20)),
        _ when type == typeof(DateTimeOffset) => Time(),
        _ when type == typeof(Weight) => new Weight(random.Next(101)),
        _ when type == typeof(Percentage) => new Percentage(random.Next(101)),
        _ when type == typeof(Split) => new Split(new Weight(random.Next(101))),
        _ when type == typeof(EquatableMap) => new EquatableMap(Times().Select(index => KeyValuePair.Create($"key-{index}", Make<string>()))),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length)) ?? throw new InvalidOperationException($"{type} is empty"),
        _ when Nullable.GetUnderlyingType(type) is { } inner => Make(inner),
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableList<>) => MakeList(type.GetGenericArguments()[0]),
        _ => MakeRecord(type),
    };

    private object MakeList(Type item)
    {
        var items = Times().Select(_ => Make(item)).ToArray();
        var typed = Array.CreateInstance(item, items.Length);
        items.CopyTo(typed, 0);
        return typeof(EquatableList).GetMethod(nameof(EquatableList.ToEquatableList))?.MakeGenericMethod(item).Invoke(null, [typed])
            ?? throw new InvalidOperationException("no list was made");
    }

    private object MakeRecord(Type type)
    {
        var constructor = type.GetConstructors().Single();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Absent(nullability.Create(parameter)) ? null : Make(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            property.SetValue(made, Absent(nullability.Create(property)) ? null : Make(property.PropertyType));
        return made;
    }

    private bool Absent(NullabilityInfo info) => !everything && info.ReadState == NullabilityState.Nullable && random.Next(3) == 0;

    private IEnumerable<int> Times() => Enumerable.Range(0, everything ? 2 : random.Next(4));

    // Whole seconds as Kubernetes has them, microseconds as leases have them, and what a clock really says.
    private DateTimeOffset Time()
    {
        var ticks = DateTimeOffset.UnixEpoch.Ticks + random.NextInt64(TimeSpan.FromDays(50_000).Ticks);
        long[] grains = [TimeSpan.TicksPerSecond, TimeSpan.TicksPerMicrosecond, 1];
        return new DateTimeOffset(ticks - ticks % grains[random.Next(3)], TimeSpan.Zero).ToOffset(TimeSpan.FromHours(random.Next(-12, 13)));
    }
}
