using System.Globalization;
using System.Net;
using System.Text.Json;
using CsCheck;
using Rollouts.Metrics.Prometheus;

namespace Rollouts.Metrics.Tests.Prometheus;

public sealed class AnswerPropertyTests
{
    [Fact]
    public void Every_number_that_a_server_can_write_is_read_back_exactly() =>
        Gen.Double.Where(value => !double.IsNaN(value)).Sample(value =>
            AnswerTests.Read(Json.Vector(AsPrometheusWrites(value))) == new Measurement.Number(value));

    [Fact]
    public void A_vector_is_a_number_only_when_it_has_one_series() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Array[0, 5], Labels).Sample((values, labels) =>
        {
            Measurement read = AnswerTests.Read(Vector(values, labels));
            return values.Length switch
            {
                0 => read is Measurement.NoData,
                1 => read == new Measurement.Number(values[0]),
                _ => read is Measurement.Error error && error.Sentence.StartsWith($"answered with {values.Length} series "),
            };
        });

    [Fact]
    public void No_bytes_whatever_throw() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Enum<HttpStatusCode>()).Sample((bytes, status) =>
            Answer.Read(status, bytes) is Measurement.Error);

    [Fact]
    public void No_cut_or_changed_answer_throws_and_every_error_is_one_short_line() =>
        Gen.Select(Gen.Double.Array[0, 3], Labels, Gen.Int[0, 500], Gen.Char["{}[]\",:0\n "]).Sample((values, labels, at, letter) =>
        {
            string answer = Vector(values, labels);
            int place = at % answer.Length;
            return IsShortLine(AnswerTests.Read(answer[..place]))
                && IsShortLine(AnswerTests.Read(answer[..place] + letter + answer[(place + 1)..]));
        });

    private static Gen<Dictionary<string, string>> Labels { get; } =
        Gen.Dictionary(Gen.String[Gen.Char.AlphaNumeric, 1, 8], Gen.String)[0, 4];

    private static bool IsShortLine(Measurement read) =>
        read is not Measurement.Error error || (error.Sentence.Length < 800 && !error.Sentence.Contains('\n'));

    private static string Vector(double[] values, Dictionary<string, string> labels) => Json.Success("vector", JsonSerializer.Serialize(
        values.Select(value => new { metric = labels, value = new object[] { 1790000000.123, AsPrometheusWrites(value) } })));

    // Go's strconv.FormatFloat(value, 'f', -1, 64), and its own words for what is no finite number.
    private static string AsPrometheusWrites(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
