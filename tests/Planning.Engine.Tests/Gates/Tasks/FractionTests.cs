using Planning.Engine.Gates.Tasks;

namespace Planning.Engine.Tests.Gates.Tasks;

public sealed class FractionTests
{
    [Fact]
    public void Thirds_add_up_to_the_whole_which_decimals_do_not()
    {
        var third = Fraction.Of(2.5m) / Fraction.Of(3);
        Assert.True(third + third + third == Fraction.Of(2.5m));
        Assert.NotEqual(1m, 1m / 3 * 3);
    }

    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("5.004", "5.01", "5")]
    [InlineData("5", "5", "5")]
    [InlineData("-5.004", "-5", "-5.01")]
    [InlineData("79228162514264337593.5439", "79228162514264337593.55", "79228162514264337593.54")]
    public void What_is_too_much_is_never_shown_as_what_just_fits(string amount, string up, string down)
    {
        var exact = Fraction.Of(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((up, down), (Text(exact.Up), Text(exact.Down)));

        static string Text(decimal shown) => shown.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Fractions_compare_by_value()
    {
        var (half, quarters) = (Fraction.Of(0.5m), Fraction.Of(2) / Fraction.Of(4));
        Assert.True(half == quarters && half.GetHashCode() == quarters.GetHashCode() && half.Equals((object)quarters));
        Assert.True(half != Fraction.Of(0.51m) && half < Fraction.Of(0.51m) && Fraction.Of(0.51m) > half);
        Assert.Equal(Fraction.Of(1.5m), half * 3);
        Assert.Throws<DivideByZeroException>(() => half / Fraction.Zero);
    }
}
