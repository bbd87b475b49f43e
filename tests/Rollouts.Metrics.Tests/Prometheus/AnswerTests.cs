using System.Net;
using System.Text;
using Rollouts.Metrics.Prometheus;

namespace Rollouts.Metrics.Tests.Prometheus;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("99.53488372093024", 99.53488372093024)]
    [InlineData("0.4375", 0.4375)] // Flagger cuts a duration to whole milliseconds, here to 0.
    [InlineData("1e+06", 1e6)]
    [InlineData("-0", 0)]
    [InlineData("+Inf", double.PositiveInfinity)]
    [InlineData("-Inf", double.NegativeInfinity)]
    public void A_vector_of_one_series_is_its_number(string text, double value) =>
        Read(Json.Vector(text)).Should().Be(new Measurement.Number(value));

    [Fact]
    public void A_scalar_is_its_number() =>
        Read(Json.Success("scalar", """[1790000000,"42"]""")).Should().Be(new Measurement.Number(42));

    [Fact]
    public void A_warning_of_the_server_comes_with_the_number() =>
        Read(Json.Success("scalar", """[1790000000,"42"]""", ""","warnings":["store a is down","partial\n answer"],"infos":["i"]"""))
            .Should().Be(new Measurement.Number(42, Warning: "store a is down; partial answer"));

    [Fact]
    public void An_empty_vector_is_no_data() =>
        Read(Json.Vector()).Should().Be(new Measurement.NoData("no series matches the query"));

    [Fact]
    public void Zero_requests_divided_by_zero_are_no_data_and_no_failure() =>
        Read(Json.Vector("NaN")).Should().Be(new Measurement.NoData("the value is not a number, as of zero divided by zero"));

    [Theory]
    [InlineData(2, """{pod="p0"}, {pod="p1"}""")]
    [InlineData(5, """{pod="p0"}, {pod="p1"}, ...""")]
    public void More_than_one_series_is_an_error_that_names_them(int series, string named) =>
        Read(Json.Vector([.. Enumerable.Repeat("1", series)])).Should().Be(new Measurement.Error(
            $"answered with {series} series where one number is wanted ({named}); aggregate them, for example with sum()"));

    [Fact]
    public void A_range_of_values_is_an_error_that_names_the_mend() =>
        Read(Json.Success("matrix", """[{"metric":{},"values":[[1790000000,"1"],[1790000015,"2"]]}]"""))
            .Should().Be(new Measurement.Error("answered with a range of values; wrap the range in a function such as rate()"));

    [Fact]
    public void A_text_is_an_error() =>
        Read(Json.Success("string", """[1790000000,"x"]"""))
            .Should().Be(new Measurement.Error("answered with a string where one number is wanted"));

    [Fact]
    public void A_native_histogram_is_an_error_that_names_the_mend() =>
        Read(Json.Success("vector", """[{"metric":{},"histogram":[1790000000,{"count":"3","sum":"9"}]}]"""))
            .Should().Be(new Measurement.Error("answered with a histogram where one number is wanted; use histogram_quantile()"));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"status\":\"success\"}")]
    [InlineData("""{"status":"success","data":{}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector"}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":null}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[null]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[null,null]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,2]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"two"]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":{}}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1,""]}}""")]
    public void What_is_not_prometheus_json_is_an_error(string body) =>
        Read(body).Should().BeOfType<Measurement.Error>().Which.Sentence.Should().Be($"answered 200 and {System.Text.Encoding.UTF8.GetByteCount(body)} bytes that are not Prometheus's JSON; is the address right?");

    [Fact]
    public void A_success_under_the_status_of_a_failure_is_not_trusted() =>
        Read(Json.Vector("1"), HttpStatusCode.BadGateway).Should().BeOfType<Measurement.Error>();

    internal static Measurement Read(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Answer.Read(status, Encoding.UTF8.GetBytes(body));
}
