using Planning.Engine.Digests;
using Xunit;

namespace Planning.Engine.Tests.Digests;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("1.005", "1.01")]
    [InlineData("-1.005", "-1.01")]
    [InlineData("1234567.5", "1234567.5")]
    [InlineData("2.00", "2")]
    public void Two_places_are_shown_and_halves_round_away_from_zero(string value, string shown) =>
        Assert.Equal(shown, Numbers.Text(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(95.0, "percentage", "95 %")]
    [InlineData(1.5, "points_per_day", "1.5 points per day")]
    [InlineData(3.0, null, "3")]
    [InlineData(null, "days", "no data")]
    public void A_unit_is_read_aloud_and_what_is_missing_is_not_zero(double? value, string? unit, string shown) =>
        Assert.Equal(shown, Numbers.Text((decimal?)value, unit));

    [Fact]
    public void Equal_numbers_are_stored_as_the_same_text()
    {
        Assert.Equal("2.5", Numbers.Stored(2.500m).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(0.333333m, Numbers.Stored(1m / 3));
    }

    [Fact]
    public void A_share_of_nothing_has_no_percentage() => Assert.Null(Numbers.Percent(1, 0));
}
