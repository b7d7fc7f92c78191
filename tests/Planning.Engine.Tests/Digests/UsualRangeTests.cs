using Planning.Engine.Digests;
using Xunit;

namespace Planning.Engine.Tests.Digests;

public sealed class UsualRangeTests
{
    private static decimal[] Decimals(double[] values) => [.. values.Select(v => (decimal)v)];

    [Theory]
    [InlineData(8, 12, 10, 6, 14)]
    [InlineData(10, 10, 10, 9, 11)]
    [InlineData(-10, -10, -10, -11, -9)]
    [InlineData(0, 0, 0, 0, 0)]
    public void The_range_is_that_of_three_cycles_widened_by_half_of_it_or_a_tenth_of_the_mean(double a, double b, double c, double from, double to) =>
        Assert.Equal(new UsualRange((decimal)from, (decimal)to), UsualRange.Of(Decimals([a, b, c])));

    [Theory]
    [InlineData()]
    [InlineData(1.0)]
    [InlineData(1.0, 2.0)]
    public void Fewer_than_three_values_say_nothing_about_what_is_usual(params double[] earlier) => Assert.Null(UsualRange.Of(Decimals(earlier)));

    [Theory]
    [InlineData(6, true)]
    [InlineData(14, true)]
    [InlineData(5.99, false)]
    [InlineData(14.01, false)]
    public void Its_ends_belong_to_it(double value, bool held) => Assert.Equal(held, new UsualRange(6, 14).Holds((decimal)value));

    [Theory]
    [InlineData(10.5, Trend.Steady)]
    [InlineData(9.5, Trend.Steady)]
    [InlineData(10.51, Trend.Up)]
    [InlineData(9.49, Trend.Down)]
    public void A_change_within_five_percent_of_the_mean_is_no_trend(double value, Trend expected) =>
        Assert.Equal(expected, UsualRange.TrendOf((decimal)value, [8, 12]));

    [Fact]
    public void Without_a_value_or_without_an_earlier_one_there_is_no_trend()
    {
        Assert.Equal(Trend.Unknown, UsualRange.TrendOf(null, [1]));
        Assert.Equal(Trend.Unknown, UsualRange.TrendOf(1, []));
    }
}
