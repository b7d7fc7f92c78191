System.Console.WriteLine("planning");
